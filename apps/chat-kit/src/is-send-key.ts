/** Enter sends, with Shift it breaks the line. It also ends the writing of a Japanese or Chinese word, and must not send then. */
export const isSendKey = ({ key, shiftKey, isComposing }: KeyboardEvent): boolean =>
  key === 'Enter' && !shiftKey && !isComposing
