/** The bytes are not what LevelDB writes. */
export class DamageError extends Error {}

/** Walks through bytes as LevelDB writes numbers and texts; throws a `DamageError` at their end. */
export interface Reader {
  readonly isAtEnd: () => boolean
  readonly varint: () => number
  readonly take: (length: number) => Buffer
}

/** Reads some bytes from their start. */
export function readerOf(bytes: Buffer): Reader {
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new DamageError('it ends too early')
    at += length
    return bytes.subarray(at - length, at)
  }
  return {
    isAtEnd: () => at >= bytes.length,
    take,
    varint: () => {
      let value = 0
      for (let scale = 1; ; scale *= 128) {
        const byte = take(1)[0] ?? 0
        value += (byte & 127) * scale
        if (byte < 128) return value
        if (scale > Number.MAX_SAFE_INTEGER) throw new DamageError('a number in it has no end')
      }
    },
  }
}
