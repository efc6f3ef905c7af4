/** An endpoint, in words for people. */
export const providerName = (endpoint: string): string =>
  endpoint.includes('/backup/') ? 'second provider' : 'first provider'
