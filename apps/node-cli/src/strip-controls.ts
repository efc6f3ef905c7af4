/**
 * What a terminal may be shown of a text that others wrote. Newline and tab stay; every other control character (C0, DEL,
 * C1) goes: with them a text could move the cursor, rename the window or fill the clipboard.
 */
export const stripControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
