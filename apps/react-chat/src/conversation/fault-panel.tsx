import { type Fault, faults } from '@chatstream/chat-kit'
import { FlaskConical, X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

interface FaultPanelProps {
  readonly fault: Fault | undefined
  readonly onChange: (fault: Fault | undefined) => void
}

/** What shall go wrong with the next message: the simulator plays it. */
export function FaultPanel({ fault, onChange }: FaultPanelProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen) return
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !panel.current?.contains(target)) setIsOpen(false)
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the Escape of what is in it
    <div
      className="fault-panel"
      ref={panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setIsOpen(false)
      }}
    >
      <button
        type="button"
        className="icon-button"
        aria-label="Try a fault"
        title="Try a fault"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <FlaskConical aria-hidden size={17} />
      </button>
      {fault !== undefined && (
        <button type="button" className="chip" title="No fault" onClick={() => onChange(undefined)}>
          {fault.name}
          <X aria-hidden size={13} />
        </button>
      )}
      <div id={id} className="panel" hidden={!isOpen}>
        <h2>What shall go wrong?</h2>
        <p>With the next message, the simulator plays it.</p>
        <ul>
          {faults.map((item) => (
            <li key={item.name}>
              <button
                type="button"
                aria-pressed={item === fault}
                onClick={() => {
                  onChange(item)
                  setIsOpen(false)
                }}
              >
                <span>{item.name}</span>
                <small>{item.shows}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
