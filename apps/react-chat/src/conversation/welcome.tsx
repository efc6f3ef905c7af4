import type { ReactNode } from 'react'

const prompts = ['Explain quantum computing', 'Prove that √2 is irrational', 'Write a long text']

/** An empty conversation: what one could ask. */
export function Welcome({ onPick }: { readonly onPick: (prompt: string) => void }): ReactNode {
  return (
    <div className="welcome">
      <h1>What would you like to know?</h1>
      <ul>
        {prompts.map((prompt) => (
          <li key={prompt}>
            <button type="button" onClick={() => onPick(prompt)}>
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
