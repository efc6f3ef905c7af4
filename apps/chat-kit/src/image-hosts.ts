/** Hosts whose images are loaded, separated by commas. None by default: an address can carry what was said to its owner. */
const imageHosts: readonly string[] = (import.meta.env['VITE_IMAGE_HOSTS'] ?? '').split(',').filter(Boolean)

export const isImageHost = (url: URL | null): boolean =>
  url?.protocol === 'https:' && imageHosts.includes(url.host)
