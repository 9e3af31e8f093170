/** Steps of a path: a name after a dot, a number in brackets, or a star for all elements. */
const STEP = /\.([A-Za-z0-9_/-]+|\*)|\[(\d+|\*)\]/y

/** What a path of the kind that EventBridge knows leads to; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: string): unknown {
  if (!path.startsWith('$')) return undefined
  let found: unknown[] = [root]
  let hasStar = false
  STEP.lastIndex = 1
  while (STEP.lastIndex < path.length) {
    const step = STEP.exec(path)
    if (step === null) return undefined
    const name = step[1] ?? step[2] ?? ''
    hasStar ||= name === '*'
    found = found.flatMap((value) => childrenOf(value, name))
  }
  return hasStar ? found : found[0]
}

function childrenOf(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (name === '*') return Object.values(value)
  return Object.hasOwn(value, name) ? [(value as Record<string, unknown>)[name]] : []
}
