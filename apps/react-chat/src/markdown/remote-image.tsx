import { isImageHost } from '@chatstream/chat-kit'
import { ImageOff } from 'lucide-react'
import type { ReactNode } from 'react'

export function RemoteImage({ src, alt }: { readonly src: string; readonly alt: string }): ReactNode {
  const url = URL.parse(src)
  if (isImageHost(url)) return <img src={src} alt={alt} />
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
