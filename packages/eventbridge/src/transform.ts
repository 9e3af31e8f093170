import type { Target } from './buses.ts'
import { valueAt } from './json-path.ts'

/** What a target's input may be made of. */
export interface TransformSource {
  readonly event: Readonly<Record<string, unknown>>
  readonly ruleName: string
  readonly ruleArn: string
  /** When the bus took the event, in ISO 8601. */
  readonly ingestedAt: string
}

/** What a template names in angle brackets. */
const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/g

/** Placeholders that need no path. */
const reserved: Readonly<Record<string, (source: TransformSource) => unknown>> = {
  'aws.events.event.json': ({ event }) => event,
  'aws.events.event': ({ event: { detail: _, ...rest } }) => rest,
  'aws.events.rule-name': ({ ruleName }) => ruleName,
  'aws.events.rule-arn': ({ ruleArn }) => ruleArn,
  'aws.events.event.ingestion-time': ({ ingestedAt }) => ingestedAt,
}

/** Paths of one transformer, and characters of its template. */
const PATHS_MAX = 100
const TEMPLATE_LENGTH_MAX = 8_192

/** What is wrong with a target's input, if anything is. */
export function transformFault({ Input: input, InputTransformer: transformer }: Target) {
  if (input !== undefined && !isJson(input)) return 'JSON syntax error in input'
  if (transformer === undefined) return undefined
  const { InputPathsMap: paths = {}, InputTemplate: template } = transformer
  const names = Object.keys(paths)
  if (names.length > PATHS_MAX || template.length > TEMPLATE_LENGTH_MAX || template === '') {
    return 'InputTransformer is too long or empty'
  }
  const badName = names.find((name) => !/^[A-Za-z0-9_-]+$/.test(name) || /^aws/i.test(name))
  if (badName !== undefined) return `Invalid InputPathsMap key ${badName}`
  const isKnown = (name: string) => names.includes(name) || Object.hasOwn(reserved, name)
  const unknown = [...template.matchAll(PLACEHOLDER)].find(([, name = '']) => !isKnown(name))
  if (unknown !== undefined) return `Invalid InputTemplate: ${unknown[0]} is not in InputPathsMap`
  const isObject = template.trimStart().startsWith('{')
  const filled = replaceEach(template, ({ isInText }) => (isInText ? '' : 'null'))
  return isObject && !isJson(filled) ? 'Invalid InputTemplate: it is no JSON' : undefined
}

/** What a target is handed of an event; throws where a template comes out as no JSON. */
export function inputFor(target: Target, source: TransformSource): string {
  const { Input: input, InputPath: path, InputTransformer: transformer } = target
  if (input !== undefined) return input
  if (path !== undefined) return JSON.stringify(valueAt(source.event, path) ?? {})
  if (transformer === undefined) return JSON.stringify(source.event)
  const { InputPathsMap: paths = {}, InputTemplate: template } = transformer
  const valueOf = (name: string): unknown => {
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined
    if (path !== undefined) return valueAt(source.event, path) ?? ''
    return Object.hasOwn(reserved, name) ? reserved[name]?.(source) : ''
  }
  const filled = replaceEach(template, ({ name, isInText }) => {
    const value = valueOf(name)
    // Inside a text nothing is escaped: EventBridge does not do it either.
    return isInText && typeof value === 'string' ? value : JSON.stringify(value)
  })
  if (template.trimStart().startsWith('{') && !isJson(filled)) {
    throw new Error('The input template came out as no JSON')
  }
  return filled
}

interface Placeholder {
  readonly name: string
  /** Whether it stands between quotation marks. */
  readonly isInText: boolean
}

function replaceEach(template: string, replace: (placeholder: Placeholder) => string): string {
  let isInText = false
  let seen = 0
  return template.replace(PLACEHOLDER, (match, name: string, at: number) => {
    isInText = endsInText(template.slice(seen, at), isInText)
    seen = at + match.length
    return replace({ name, isInText })
  })
}

/** Whether a piece of JSON that begins inside or outside a text ends inside one. */
function endsInText(piece: string, begins: boolean): boolean {
  const marks = piece.replace(/\\./g, '').split('"').length - 1
  return marks % 2 === 0 ? begins : !begins
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
