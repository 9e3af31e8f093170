/** What one request, or whatever else takes several together, may have. */
export interface ChunkLimits<One> {
  readonly countMax: number
  readonly bytesMax: number
  readonly bytesOf: (one: One) => number
}

/** Cuts a list into chunks, in its order, each as large as the limits let it be; what is too large by itself goes alone. */
export function chunksOf<One>(
  all: readonly One[],
  { countMax, bytesMax, bytesOf }: ChunkLimits<One>,
): One[][] {
  const chunks: One[][] = []
  let bytes = 0
  for (const one of all) {
    const own = bytesOf(one)
    const latest = chunks.at(-1)
    if (latest !== undefined && latest.length < countMax && bytes + own <= bytesMax) {
      latest.push(one)
      bytes += own
    } else {
      chunks.push([one])
      bytes = own
    }
  }
  return chunks
}
