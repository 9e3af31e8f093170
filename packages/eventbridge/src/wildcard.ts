import { PatternError } from './pattern-error.ts'

/** Reads a text with `*` for any run of characters; a backslash makes a star or a backslash an ordinary character. */
export function wildcardMatcher(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern)
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  return (text) => {
    if (last === undefined) return text === first
    if (text.length < first.length + last.length) return false
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    const end = text.length - last.length
    let at = first.length
    // The first place for each piece leaves the most room for the next one.
    for (const piece of rest) {
      const found = text.indexOf(piece, at)
      if (found === -1 || found + piece.length > end) return false
      at = found + piece.length
    }
    return true
  }
}

function piecesOf(pattern: string): string[] {
  const pieces = ['']
  for (let at = 0; at < pattern.length; at += 1) {
    let character = pattern.charAt(at)
    if (character === '*') {
      if (pattern.charAt(at + 1) === '*') {
        throw new PatternError('Consecutive wildcard characters at pos ' + String(at))
      }
      pieces.push('')
      continue
    }
    if (character === '\\') {
      at += 1
      character = pattern.charAt(at)
      if (character !== '*' && character !== '\\') {
        throw new PatternError(`Invalid escape character at pos ${at}`)
      }
    }
    pieces.push(`${pieces.pop() ?? ''}${character}`)
  }
  return pieces
}
