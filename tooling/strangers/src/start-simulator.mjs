/** The simulator, installed from its tarball and started by its command. */
export async function startSimulator(project) {
  project.write('package.json', { private: true })
  await project.install('@chatstream/simulator')
  const [, url] = await project.start(
    'npx',
    ['--no-install', 'chatstream-simulator', '--port', '0'],
    /listens at (http\S+)/,
  )
  return { url, close: project.close }
}
