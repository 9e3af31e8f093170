import type { Path } from './expressions.ts'
import type { AttributeValue, Item } from '../types.ts'

/** The value a path leads to in an item. */
export function valueAt(path: Path, item: Item): AttributeValue | undefined {
  let current: AttributeValue | undefined = { M: item }
  for (const piece of path) {
    current = child(current, piece)
    if (current === undefined) return undefined
  }
  return current
}

/** The value under a name of a map or at a position of a list. */
export function child(parent: AttributeValue, piece: string | number): AttributeValue | undefined {
  if (typeof piece === 'number') return parent.L?.[piece]
  return parent.M !== undefined && Object.hasOwn(parent.M, piece) ? parent.M[piece] : undefined
}

interface Branch {
  names: Map<string | number, Branch>
  whole: boolean
}

/** The parts of an item that paths lead to, nested as in the item; list positions close up. */
export function project(paths: readonly Path[], item: Item): Item {
  const root: Branch = { names: new Map(), whole: false }
  for (const path of paths) {
    let branch = root
    for (const piece of path) {
      const next: Branch = branch.names.get(piece) ?? { names: new Map(), whole: false }
      branch.names.set(piece, next)
      branch = next
    }
    branch.whole = true
  }
  return pick({ M: item }, root)?.M ?? {}
}

function pick(value: AttributeValue, branch: Branch): AttributeValue | undefined {
  if (branch.whole) return value
  const found: [string | number, AttributeValue][] = []
  for (const [piece, next] of branch.names) {
    const part = child(value, piece)
    const kept = part && pick(part, next)
    if (kept !== undefined) found.push([piece, kept])
  }
  if (found.length === 0) return undefined
  if (value.M !== undefined) return { M: Object.fromEntries(found) }
  found.sort(([left], [right]) => Number(left) - Number(right))
  return { L: found.map(([, kept]) => kept) }
}
