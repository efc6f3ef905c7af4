/** A fault that the simulator can show; written in its own words, without how often. */
export interface Fault {
  readonly name: string
  readonly shows: string
  readonly directive: string
}

export const faults: readonly Fault[] = [
  { name: 'Rate limited', shows: '429, wait 4 s, then the answer', directive: 'rate-limit after=4 times=1' },
  { name: 'Provider down', shows: '503, then the second provider', directive: 'status code=503 times=1' },
  { name: 'All providers down', shows: '503 from both, as long as you try', directive: 'status code=503' },
  {
    name: 'Error in mid-answer',
    shows: 'what came is kept',
    directive: 'error-frame after=40 code=500 times=1',
  },
  { name: 'Connection lost', shows: 'a reset in mid-answer', directive: 'reset after=150 times=1' },
  { name: 'Silence', shows: 'the answer stalls until a clock runs out', directive: 'stall after=40 times=1' },
  { name: 'Ends too early', shows: 'a clean end that is none', directive: 'early-end after=40 times=1' },
  { name: 'Web page', shows: 'status 200, and HTML', directive: 'html times=1' },
  { name: 'Broken JSON', shows: 'one event cannot be read', directive: 'broken-json after=40 times=1' },
  { name: 'Key refused', shows: '401, not tried again', directive: 'status code=401 times=1' },
  { name: 'Late cost', shows: 'the cost 0.8 s after the end', directive: 'late-cost ms=800' },
  { name: 'Byte by byte', shows: 'nothing to see: all is well', directive: 'cut size=1' },
]

/** How to ask for it in a prompt. The key makes it count its requests for this prompt alone. */
export const faultPrompt = ({ directive }: Fault, prompt: string, key: string): string =>
  `[[fault ${directive} key=${key}]] ${prompt}`
