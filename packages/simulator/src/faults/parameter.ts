import * as v from 'valibot'

type Parameter<T> = v.GenericSchema<string | undefined, T>

/** The kinds of values that a fault's parameters have; each is given as text and has a default. */
export const parameter: {
  /** A whole number from `least` up. */
  count(fallback: number, least?: number): Parameter<number>
  /** A time in milliseconds; `Infinity` is allowed. */
  ms(fallback: number, least?: number): Parameter<number>
  /** One of some words. */
  oneOf<const Words extends readonly string[]>(
    words: Words,
    fallback: Words[number],
  ): Parameter<Words[number]>
  /** A word that stands there or not. */
  flag(): Parameter<boolean>
  /** Any text. */
  text(fallback: string): Parameter<string>
} = {
  count: (fallback, least = 0) =>
    v.optional(
      v.pipe(
        v.string(),
        v.transform(Number),
        v.integer('must be a whole number'),
        v.minValue(least, `must be at least ${least}`),
      ),
      String(fallback),
    ),
  ms: (fallback, least = 0) =>
    v.optional(
      v.pipe(
        v.string(),
        v.transform(Number),
        v.number('must be a number of milliseconds'),
        v.minValue(least, `must be at least ${least}`),
      ),
      String(fallback),
    ),
  oneOf: (words, fallback) => v.optional(v.picklist(words, `must be one of ${words.join(', ')}`), fallback),
  flag: () =>
    v.optional(
      v.pipe(
        v.picklist(['true', 'false'], 'must be true or false'),
        v.transform((word) => word === 'true'),
      ),
      'false',
    ),
  text: (fallback) => v.optional(v.string(), fallback),
}
