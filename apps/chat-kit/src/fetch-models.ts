/** The models that can be asked, by id. */
export async function fetchModels(signal: AbortSignal): Promise<readonly string[]> {
  const response = await fetch('/v1/models', { signal })
  if (!response.ok) throw new Error(`The list of models was answered with status ${response.status}.`)
  const body = (await response.json()) as { readonly data?: readonly { readonly id?: unknown }[] } | null
  return (body?.data ?? []).flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
}
