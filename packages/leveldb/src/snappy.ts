import { DamageError, readerOf } from './reader.ts'

/** Bytes that one block may unpack to: LevelDB's have some kilobytes, and an index block some hundred. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024

/** Unpacks what Snappy has packed; throws a `DamageError` where that cannot be. */
export function unpackSnappy(packed: Buffer): Buffer {
  const reader = readerOf(packed)
  const length = reader.varint()
  if (length > UNPACKED_BYTES_MAX) throw new DamageError('a block in it is too long')
  const unpacked = Buffer.alloc(length)
  let at = 0
  const number = (bytes: number) => reader.take(bytes).readUIntLE(0, bytes)
  const copy = (from: number, count: number) => {
    if (from <= 0 || from > at || at + count > length)
      throw new DamageError('a block in it is garbled')
    // Byte by byte: a copy may reach into what it is writing.
    for (const end = at + count; at < end; at += 1) unpacked[at] = unpacked[at - from] ?? 0
  }
  while (!reader.isAtEnd()) {
    const tag = number(1)
    const upper = tag >>> 2
    if ((tag & 3) === 1) copy((tag >>> 5) * 256 + number(1), (upper & 7) + 4)
    else if ((tag & 3) === 2) copy(number(2), upper + 1)
    else if ((tag & 3) === 3) copy(number(4), upper + 1)
    else {
      const literal = reader.take((upper < 60 ? upper : number(upper - 59)) + 1)
      if (at + literal.length > length) throw new DamageError('a block in it is garbled')
      at += literal.copy(unpacked, at)
    }
  }
  if (at !== length) throw new DamageError('a block in it is garbled')
  return unpacked
}
