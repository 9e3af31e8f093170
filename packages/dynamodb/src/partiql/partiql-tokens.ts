import { validationError } from '../errors.ts'

export interface Token {
  kind: 'text' | 'quoted' | 'number' | 'word' | 'symbol' | 'end'
  text: string
}

/** Reads a statement token by token. */
export interface Reader {
  peek(): Token
  next(): Token
  /** Takes a word (in any case) or a symbol if it comes next. */
  take(...texts: string[]): boolean
  /** Takes it, or refuses the statement. */
  expect(...texts: string[]): void
}

const pattern =
  /(?<blank>\s+|--[^\n]*)|(?<text>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_]\w*)|(?<symbol><<|>>|<=|>=|<>|!=|[-+*=<>?,.(){}[\]:;])/y

/** The refusal of a statement that cannot be read. */
export function malformed(detail: string): Error {
  return validationError(`Statement wasn't well formed, can't be processed: ${detail}`)
}

/** Cuts a statement into tokens; refuses what no token starts with. */
export function readTokens(statement: string): Reader {
  const tokens: Token[] = []
  const scan = new RegExp(pattern)
  while (scan.lastIndex < statement.length) {
    const start = scan.lastIndex
    const groups = scan.exec(statement)?.groups
    if (groups === undefined) throw malformed(`unexpected token ${statement.charAt(start)}`)
    const found = Object.entries(groups).find(
      ([, text]) => (text as string | undefined) !== undefined,
    )
    if (found === undefined || found[0] === 'blank') continue
    tokens.push(tokenOf(found[0] as Token['kind'], found[1]))
  }
  return readerOf(tokens)
}

function tokenOf(kind: Token['kind'], text: string): Token {
  if (kind === 'text') return { kind, text: text.slice(1, -1).replaceAll("''", "'") }
  if (kind === 'quoted') return { kind, text: text.slice(1, -1).replaceAll('""', '"') }
  return { kind, text }
}

const end: Token = { kind: 'end', text: 'end of statement' }

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0
  const peek = (ahead = 0) => tokens[at + ahead] ?? end
  const matches = (text: string, ahead: number) => {
    const { kind, text: found } = peek(ahead)
    if (kind === 'word') return found.toUpperCase() === text
    return kind === 'symbol' && found === text
  }
  const take = (...texts: string[]) => {
    if (!texts.every((text, ahead) => matches(text, ahead))) return false
    at += texts.length
    return true
  }
  return {
    peek,
    take,
    next() {
      at += 1
      return tokens[at - 1] ?? end
    },
    expect(...texts) {
      if (!take(...texts)) throw malformed(`expected ${texts.join(' ')} near ${peek().text}`)
    },
  }
}
