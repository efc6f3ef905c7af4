import { ImageOff } from 'lucide-react'
import type { ReactNode } from 'react'

/** Hosts whose images are loaded, separated by commas. None by default: an address can carry what was said to its owner. */
const imageHosts: readonly string[] = (import.meta.env['VITE_IMAGE_HOSTS'] ?? '').split(',').filter(Boolean)

export function RemoteImage({ src, alt }: { readonly src: string; readonly alt: string }): ReactNode {
  const url = URL.parse(src)
  if (url?.protocol === 'https:' && imageHosts.includes(url.host)) return <img src={src} alt={alt} />
  return (
    <span className="remote-image">
      <ImageOff aria-hidden size={15} />
      <span>
        {alt || 'Image'}
        {url?.host && <small> from {url.host}, not loaded</small>}
      </span>
    </span>
  )
}
