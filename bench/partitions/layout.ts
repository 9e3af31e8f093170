import { createHash } from 'node:crypto'

// A table's partitions: ranges of the hash of the partition key. How DynamoDB hashes is not published; MD5 spreads as evenly as any.

/** Where each partition begins, of all hashes from 0 up to 1; the first begins at 0. */
export type Layout = readonly number[]

/** So many partitions, all of one size. */
export function evenLayout(partitions: number): Layout {
  return Array.from({ length: partitions }, (_, at) => at / partitions)
}

/** The partition in which a hash lies. */
export function partitionAt(layout: Layout, hash: number): number {
  let at = layout.length - 1
  while ((layout[at] ?? 0) > hash) at -= 1
  return at
}

/** The hash of a partition key. */
export function hashOf(key: string): number {
  return createHash('md5').update(key).digest().readUIntBE(0, 6) / 2 ** 48
}

/** Cuts hot partitions in two, in the middle. */
export function split(layout: Layout, isHot: (partition: number) => boolean): Layout {
  return layout.flatMap((from, at) => {
    const to = layout[at + 1] ?? 1
    return isHot(at) ? [from, (from + to) / 2] : [from]
  })
}
