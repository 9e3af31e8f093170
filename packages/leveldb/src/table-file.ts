import { maskedCrc32c } from './crc32c.ts'
import { DamageError, readerOf, type Reader } from './reader.ts'
import { unpackSnappy } from './snappy.ts'

// LevelDB's table format: blocks, each with a checksum; at the end a footer that points at the index of the data blocks
// and at the index of the others.

const FOOTER_BYTES = 48
const MAGIC = 0xdb4775248b80fb57n

/** Compression and checksum behind each block. */
const TRAILER_BYTES = 5

interface Place {
  readonly offset: number
  readonly length: number
}

/** Checks every byte of a table file; throws a `DamageError` that says what is wrong. */
export function checkTable(bytes: Buffer): void {
  if (bytes.length < FOOTER_BYTES) throw new DamageError('it is too short')
  const footer = bytes.subarray(-FOOTER_BYTES)
  if (footer.readBigUInt64LE(FOOTER_BYTES - 8) !== MAGIC)
    throw new DamageError('its end is garbled')
  const reader = readerOf(footer)
  const indexes = [readPlace(reader), readPlace(reader)]
  for (const index of indexes) {
    for (const place of readIndex(unpackBlock(bytes, index))) checkBlock(bytes, place)
  }
}

function checkBlock(bytes: Buffer, { offset, length }: Place): void {
  const end = offset + length
  if (end + TRAILER_BYTES > bytes.length) throw new DamageError('it ends too early')
  if (maskedCrc32c(bytes, offset, end + 1) !== bytes.readUInt32LE(end + 1)) {
    throw new DamageError('the checksum of a block in it is wrong')
  }
}

function unpackBlock(bytes: Buffer, place: Place): Buffer {
  checkBlock(bytes, place)
  const end = place.offset + place.length
  const block = bytes.subarray(place.offset, end)
  return bytes[end] === 0 ? block : unpackSnappy(block)
}

/** An index's entries are keys with the place of a block; the block ends with its restart points. */
function readIndex(block: Buffer): Place[] {
  const restarts = block.readUInt32LE(block.length - 4)
  const reader = readerOf(block.subarray(0, block.length - 4 - restarts * 4))
  const places: Place[] = []
  while (!reader.isAtEnd()) {
    reader.varint()
    const keyBytes = reader.varint()
    const placeBytes = reader.varint()
    reader.take(keyBytes)
    places.push(readPlace(readerOf(reader.take(placeBytes))))
  }
  return places
}

function readPlace(reader: Reader): Place {
  return { offset: reader.varint(), length: reader.varint() }
}
