import { readFile, readdir } from 'node:fs/promises'

// A fenced block of a document, and what a comment in front of it says to its test: `<!-- block: answers 409 -->`. Readers do not
// see such comments; what they say is:
//
// - `answers 409`: the call of the block is refused on purpose.
// - `not run, …`: it cannot be run here, and why.
// - `is …`: what kind of thing some JSON is.
// - `after …`: code that stands before it, so that a part of a program is a whole one.

const root = new URL('../../', import.meta.url)

export interface Block {
  /** The document, and the line of the fence. */
  readonly place: string
  readonly document: string
  readonly language: string
  readonly text: string
  readonly note: string
}

/** The documents that people read from the beginning, in the order of their names. */
export async function documents(): Promise<readonly string[]> {
  const names = await readdir(new URL('docs/', root))
  const pages = names.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...pages.sort()]
}

/** Every fenced block of a document, in order. */
export async function blocksOf(document: string): Promise<Block[]> {
  const text = await readFile(new URL(document, root), 'utf8')
  const found = text.matchAll(/(?:<!-- block: ([\s\S]*?)\s-->\n+)?^ *```(\w*)\n([\s\S]*?)^ *```$/gm)
  return Array.from(found, ([whole, note = '', language = '', code = ''], at) => {
    const line = text.slice(0, text.indexOf(whole)).split('\n').length
    return { place: `${document}:${line}, block ${at + 1}`, document, language, text: code, note }
  })
}

/** The commands of a block, each as the words that a shell makes of it, with variables put in. */
export function commandsOf(text: string, variables: Readonly<Record<string, string>>): string[][] {
  const commands: string[][] = [[]]
  const words = /\\\n|(#[^\n]*)|('[^']*'|"[^"]*"|[^\s'"#&\\]+)+|(&&|\n)/g
  for (const [whole, comment, word, end] of text.matchAll(words)) {
    if (comment !== undefined) continue
    if (end !== undefined) commands.push([])
    else if (word !== undefined) commands.at(-1)?.push(unquoted(whole, variables))
  }
  return commands.filter((command) => command.length > 0)
}

function unquoted(text: string, variables: Readonly<Record<string, string>>): string {
  const filled = (part: string) =>
    part.replace(/\$([A-Z]+)/g, (_, name: string) => {
      const value = variables[name]
      if (value === undefined) throw new Error(`Nothing says what $${name} is.`)
      return value
    })
  const parts = text.matchAll(/'([^']*)'|"([^"]*)"|([^'"]+)/g)
  return Array.from(
    parts,
    ([, single, double, bare]) => single ?? filled(double ?? bare ?? ''),
  ).join('')
}

/** A request as curl makes it. */
export interface Curl {
  readonly url: string
  readonly init: RequestInit
}

/** Reads a curl command; refuses options that it does not know. */
export function readCurl([, ...words]: readonly string[]): Curl {
  const headers = new Headers()
  let url = ''
  let method: string | undefined
  let body: string | undefined
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const next = words[at + 1] ?? ''
    if (!word.startsWith('-')) url = word
    else {
      at += 1
      if (word === '-X') method = next
      else if (word === '-d') body = next
      else if (word === '-u') headers.set('Authorization', `Basic ${btoa(next)}`)
      else if (word === '-H') headers.append(...pairOf(next))
      else throw new Error(`curl ${word} is not known here.`)
    }
  }
  // What curl says of a body when it is told nothing.
  if (body !== undefined && !headers.has('Content-Type'))
    headers.set('Content-Type', 'application/x-www-form-urlencoded')
  return {
    url,
    init: { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body: body ?? null },
  }
}

function pairOf(header: string): [string, string] {
  const [name = '', value = ''] = header.split(/: (.*)/s)
  return [name, value]
}
