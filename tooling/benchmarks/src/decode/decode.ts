/** Reads the body of one streamed completion to its end, and gives back the text of the answer. */
export type Decode = (response: Response) => Promise<string>
