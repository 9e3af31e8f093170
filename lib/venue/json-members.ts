// Finds places in a JSON text, so that a part of it can be replaced and the rest stays as it came, to the letter. The text
// must be well-formed, which whoever took it in has made sure of.

/** Where a value is in a text: from `start` up to but not including `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** An object in a text. */
export interface FoundObject {
  /** How many objects and lists it is in. */
  readonly depth: number
  /** Where its members begin, behind the brace. */
  readonly start: number
  readonly isEmpty: boolean
  /** Where the values of those of its members are that were looked for; of several with one name, the last. */
  readonly members: ReadonlyMap<string, Span>
}

interface Frame {
  readonly isObject: boolean
  readonly start: number
  readonly members: Map<string, Span>
  /** The member whose value comes next. */
  name?: string | undefined
  /** Where that value begins, once it does. */
  valueStart?: number | undefined
  isEmpty: boolean
}

const SPACE = /[ \t\n\r]*/y
const SCALAR = /[^\s,:{}[\]"]+/y

/** Visits every object of a JSON text, the inner ones first, with where the values of the wanted members are. */
export function visitObjects(
  text: string,
  wanted: ReadonlySet<string>,
  visit: (found: FoundObject) => void,
): void {
  const open: Frame[] = []
  let end = 0
  for (let at = skip(text, SPACE, 0); at < text.length; at = skip(text, SPACE, at)) {
    const frame = open.at(-1)
    const token = text.charAt(at)
    if (token === ',') endValue(frame, end, wanted)
    else if (token === '}' || token === ']') {
      endValue(frame, end, wanted)
      open.pop()
      if (frame?.isObject === true) visit({ ...frame, depth: open.length })
      end = at + 1
    }
    if (',:}]'.includes(token)) {
      at += 1
      continue
    }
    end = '{['.includes(token)
      ? at + 1
      : token === '"'
        ? endOfText(text, at)
        : skip(text, SCALAR, at)
    beginValue(frame, text, { start: at, end })
    if ('{['.includes(token)) {
      open.push({ isObject: token === '{', start: at + 1, members: new Map(), isEmpty: true })
    }
    at = end
  }
}

/** A token of an object is the name of a member, or where its value begins. */
function beginValue(frame: Frame | undefined, text: string, token: Span): void {
  if (frame?.isObject !== true) return
  frame.isEmpty = false
  if (frame.name === undefined) {
    frame.name = JSON.parse(text.slice(token.start, token.end)) as string
  } else frame.valueStart ??= token.start
}

function endValue(frame: Frame | undefined, end: number, wanted: ReadonlySet<string>): void {
  if (frame?.name === undefined || frame.valueStart === undefined) return
  if (wanted.has(frame.name)) frame.members.set(frame.name, { start: frame.valueStart, end })
  frame.name = undefined
  frame.valueStart = undefined
}

function skip(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  pattern.exec(text)
  return Math.max(pattern.lastIndex, from)
}

/** The end of a text value, behind its closing quote. */
function endOfText(text: string, start: number): number {
  let at = start + 1
  while (text.charAt(at) !== '"' && at < text.length) at += text.charAt(at) === '\\' ? 2 : 1
  return at + 1
}

/** Puts new text into places of a text; they must not overlap. */
export function replaceSpans(
  text: string,
  replacements: readonly (readonly [place: Span, by: string])[],
): string {
  const sorted = replacements.toSorted(([a], [b]) => a.start - b.start)
  const pieces: string[] = []
  let from = 0
  for (const [{ start, end }, by] of sorted) {
    pieces.push(text.slice(from, start), by)
    from = end
  }
  return [...pieces, text.slice(from)].join('')
}
