import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useModels } from './use-models.js'

interface ModelPickerProps {
  readonly label: string
  readonly value: string
  readonly onChange: (model: string) => void
}

export function ModelPicker({ label, value, onChange }: ModelPickerProps): ReactNode {
  const models = useModels()
  const all = models.includes(value) ? models : [value, ...models]
  return (
    <label className="model-picker">
      <span className="visually-hidden">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {all.map((model) => (
          <option key={model}>{model}</option>
        ))}
      </select>
      <ChevronDown aria-hidden size={14} />
    </label>
  )
}
