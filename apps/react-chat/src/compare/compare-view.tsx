import { client, compareModels, type Racer, splitDirectives, verdict } from '@chatstream/chat-kit'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Subscription } from 'rxjs'
import { AnswerFacts, AnswerView } from '../answer/answer-view.js'
import { ErrorNotice } from '../answer/error-notice.js'
import { Composer } from '../conversation/composer.js'
import { ModelPicker } from '../model-picker.js'
import { useSetting } from '../shell/use-setting.js'

/** Two models answer the same prompt, side by side. Nothing is kept of it. */
export function CompareView(): ReactNode {
  const [left, setLeft] = useSetting('compare.left', 'deepseek-chat')
  const [right, setRight] = useSetting('compare.right', 'claude-sonnet-4')
  const [prompt, setPrompt] = useState<string>()
  const [racers, setRacers] = useState<readonly Racer[]>([])
  const [isBusy, setIsBusy] = useState(false)
  const subscription = useRef(Subscription.EMPTY)
  useEffect(() => () => subscription.current.unsubscribe(), [])

  const send = (text: string): void => {
    subscription.current.unsubscribe()
    setPrompt(text)
    setIsBusy(true)
    const question = { role: 'user', content: text } as const
    subscription.current = compareModels(client, [left, right], [question]).subscribe({
      next: setRacers,
      complete: () => setIsBusy(false),
    })
  }
  const stop = (): void => {
    subscription.current.unsubscribe()
    setIsBusy(false)
  }
  return (
    <section className="chat" aria-label="Comparison">
      <div className="scroller">
        <div className="column wide">
          {prompt === undefined ? (
            <div className="welcome">
              <h1>One question, two answers</h1>
              <p>Both models are asked at the same moment. See who is first, and who costs less.</p>
            </div>
          ) : (
            <p className="compared-prompt">{splitDirectives(prompt).text}</p>
          )}
          <ul className="verdict" aria-live="polite">
            {verdict(racers).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <div className="racers">
            <div>
              <ModelPicker label="Left model" value={left} onChange={setLeft} />
              <RacerView racer={racers[0]} isBusy={isBusy} />
            </div>
            <div>
              <ModelPicker label="Right model" value={right} onChange={setRight} />
              <RacerView racer={racers[1]} isBusy={isBusy} />
            </div>
          </div>
        </div>
      </div>
      <div className="dock">
        <Composer isBusy={isBusy} onSend={send} onStop={stop} />
      </div>
    </section>
  )
}

function RacerView({ racer, isBusy }: { racer: Racer | undefined; isBusy: boolean }): ReactNode {
  if (racer === undefined) return null
  const { message, firstMs } = racer
  const isWaiting = message.parts.length === 0 && message.state === 'streaming'
  return (
    <article className={`message assistant ${message.state}`} aria-label={`Answer of ${racer.model}`}>
      {isWaiting && isBusy && <p className="shimmer">Waiting for the first word</p>}
      <AnswerView message={message} />
      {!isBusy && message.state === 'streaming' && <p className="ending">Stopped</p>}
      {message.error !== undefined && (
        <ErrorNotice error={message.error} hasPartial={message.parts.length > 0} />
      )}
      <footer className="actions">
        <dl className="facts">
          {firstMs !== undefined && (
            <div title="Time to first token">
              <dt className="visually-hidden">Time to first token</dt>
              <dd>{(firstMs / 1000).toFixed(2)} s to first token</dd>
            </div>
          )}
        </dl>
        <AnswerFacts message={message} />
      </footer>
    </article>
  )
}
