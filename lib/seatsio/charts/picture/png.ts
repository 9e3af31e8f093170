import { crc32, deflateSync } from 'node:zlib'
import type { Canvas } from './canvas.ts'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/** Eight bits a channel, red, green and blue, no interlace. */
const HEADER_FORM = [8, 2, 0, 0, 0]

/** Writes a canvas as a PNG. */
export function encodePng({ width, height, pixels }: Canvas): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set(HEADER_FORM, 8)
  const rows = Array.from({ length: height }, (_, row) => [
    // Every row says first that it is not filtered.
    Buffer.from([0]),
    pixels.subarray(row * width * 3, (row + 1) * width * 3),
  ])
  const data = deflateSync(Buffer.concat(rows.flat()))
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND')])
}

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
