/** The reversed Castagnoli polynomial. */
const POLYNOMIAL = 0x82f63b78

/** Bytes that one step takes in. */
const STEP = 8

/** Table n tells what a byte does to the sum n bytes later. */
const tables = makeTables()

/** The CRC-32C of some bytes, rotated and shifted as LevelDB stores it. */
export function maskedCrc32c(bytes: Uint8Array, start: number, end: number): number {
  const sum = crc32c(bytes, start, end)
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0
}

function crc32c(bytes: Uint8Array, start: number, end: number): number {
  const byte = (at: number) => bytes[at] ?? 0
  const table = (at: number, index: number) => tables[at * 256 + index] ?? 0
  let sum = -1
  let at = start
  for (; at + STEP <= end; at += STEP) {
    const low = sum ^ (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24))
    sum =
      table(7, low & 255) ^
      table(6, (low >>> 8) & 255) ^
      table(5, (low >>> 16) & 255) ^
      table(4, low >>> 24) ^
      table(3, byte(at + 4)) ^
      table(2, byte(at + 5)) ^
      table(1, byte(at + 6)) ^
      table(0, byte(at + 7))
  }
  for (; at < end; at += 1) sum = (sum >>> 8) ^ table(0, (sum ^ byte(at)) & 255)
  return ~sum >>> 0
}

function makeTables(): Int32Array {
  const made = new Int32Array(STEP * 256)
  for (let index = 0; index < 256; index += 1) {
    let sum = index
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? POLYNOMIAL : 0)
    made[index] = sum
  }
  for (let index = 256; index < made.length; index += 1) {
    const before = made[index - 256] ?? 0
    made[index] = (before >>> 8) ^ (made[before & 255] ?? 0)
  }
  return made
}
