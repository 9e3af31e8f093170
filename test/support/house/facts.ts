import ts from 'typescript'
import { finding, nodesOf } from './source.ts'
import type { Rule, Source } from './source.ts'

const LIMITS = 'lib/limits/'
const PARTITIONS = 'lib/store/table/partitions.ts'
const KEYS = 'lib/store/table/table.ts'

/** Lengths of time that have a name in `lib/limits`, in seconds or milliseconds. */
const namedTimes = new Set(
  [900, 3_600, 7_200, 86_400, 1_209_600].flatMap((seconds) => [seconds, seconds * 1_000]),
)
/** What API Gateway waits, and what is left of that. */
for (const milliseconds of [27_000, 29_000]) namedTimes.add(milliseconds)

/** Limits whose names are kept for `lib/limits`, whoever checks or tells them. */
const namedLimits = [
  'LABEL_LENGTH_MAX',
  'KEY_LENGTH_MAX',
  'NAME_LENGTH_MAX',
  'URL_LENGTH_MAX',
  'BODY_BYTES_MAX',
  'DRAWING_BYTES_MAX',
  'EXTRA_DATA_BYTES_MAX',
  'CATEGORIES_MAX',
  'TAGS_MAX',
  'OBJECTS_MAX',
  'EVENTS_MAX',
  'RECEIVES_MAX',
  'SECOND_MS',
  'MINUTE_MS',
  'HOUR_MS',
  'DAY_MS',
]

/** Sentences of the API that tell such a fact. */
const toldFacts = /\b(two|2|24) hours\b|\b(14|30) days\b|\b29 s\b/

/** What is deployed, and what builds that. */
const isProduct = ({ path }: Source) => /^(lib|functions|infra)\//.test(path)

/** A fact that stands twice is changed once. */
export const factsRule: Rule = {
  name: 'times and limits that have a name in lib/limits stand nowhere else',
  check: (source) => {
    if (!isProduct(source) || source.path.startsWith(LIMITS)) return []
    const told = [...nodesOf(source.tree)].filter((node) => isRepeated(node) && !isExample(node))
    return told.map((node) => {
      const written = node.getText(source.tree).split('\n', 1)[0]
      return finding(source, node, `writes ${written}: take it from lib/limits.`)
    })
  },
}

/** Policies and filters that name other partitions than the store writes would be silently wrong. */
export const partitionsRule: Rule = {
  name: 'starts of keys stand where the table makes its keys, and nowhere else',
  check: (source) => {
    const isHome = [PARTITIONS, KEYS].includes(source.path)
    if (isHome || !/^(lib|functions|infra|local|commands)\//.test(source.path)) return []
    return [...nodesOf(source.tree)]
      .filter((node) => /^[A-Z]{1,2}#/.test(textOf(node) ?? ''))
      .map((node) =>
        finding(source, node, 'writes the start of a key: take it from lib/store/table.'),
      )
  },
}

/** What a call of ours sends or answers in an example says nothing of limits. */
function isExample(node: ts.Node): boolean {
  const isOne = ts.isPropertyAssignment(node) && /^examples?$/.test(node.name.getText())
  return isOne || (!ts.isSourceFile(node) && isExample(node.parent))
}

function isRepeated(node: ts.Node): boolean {
  if (ts.isNumericLiteral(node)) return namedTimes.has(Number(node.text))
  if (ts.isVariableDeclaration(node)) return namedLimits.includes(node.name.getText())
  return toldFacts.test(textOf(node) ?? '')
}

function textOf(node: ts.Node): string | undefined {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node)
  const isRest = ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
  return isText || isRest ? node.text : undefined
}

/** Loops of rounds that differ from the one in `lib/in-rounds.ts`, and say how. */
const ownLoops = [
  'lib/in-rounds.ts',
  'lib/actions/seats/commit-in-rounds.ts',
  // What was not taken goes on, and what was does not: a round is no repetition of the one before.
  'lib/bus/put-notices.ts',
  'lib/bus/send-messages.ts',
  // Each round carries what the refused one handed back, and none waits: the message comes again.
  'lib/store/webhooks/endpoint-gates.ts',
  'lib/store/webhooks/endpoint-slots.ts',
]

/** Two dozen loops of one kind would each pause, end and word their end in a way of their own. */
export const roundsRule: Rule = {
  name: 'attempts are made in rounds by one function',
  check: (source) => {
    if (!source.path.startsWith('lib/') || ownLoops.includes(source.path)) return []
    return [...nodesOf(source.tree)]
      .filter((node) => ts.isForStatement(node) && /^let round\b/.test(initializerOf(node)))
      .map((node) => finding(source, node, 'loops over rounds: use lib/in-rounds.ts.'))
  },
}

function initializerOf({ initializer }: ts.ForStatement): string {
  return initializer?.getText() ?? ''
}

/** Two hundred fields left out by hand would hide the few that are left out for another reason. */
export const definedRule: Rule = {
  name: 'fields without a value are left out by one function',
  check: (source) => {
    if (!/^(lib|functions|infra|local|commands)\//.test(source.path)) return []
    return [...nodesOf(source.tree)]
      .filter((node) => isLeftOut(node, source.tree))
      .map((node) => finding(source, node, 'leaves out a field: use lib/defined.ts.'))
  },
}

/** `x === undefined ? {} : { name: x }`, the other way round, and `x !== undefined && { name: x }`. */
function isLeftOut(node: ts.Node, tree: ts.SourceFile): boolean {
  const [tested, ...fields]: readonly ts.Expression[] = ts.isConditionalExpression(node)
    ? [node.condition, node.whenTrue, node.whenFalse]
    : ts.isBinaryExpression(node) && node.operatorToken.getText(tree) === '&&'
      ? [node.left, node.right]
      : []
  if (tested === undefined) return false
  const [, value] = /^(\S+) [!=]== undefined$/.exec(tested.getText(tree)) ?? []
  const objects = fields.filter(ts.isObjectLiteralExpression)
  const properties = objects.flatMap((it) => [...it.properties])
  const isPlain = (it: ts.ObjectLiteralElementLike) =>
    ts.isPropertyAssignment(it)
      ? isOnly(it.initializer.getText(tree), value)
      : it.getText(tree) === value
  return objects.length === fields.length && properties.length > 0 && properties.every(isPlain)
}

/** Whether it is the value itself, in its type, or a field of it: what can be written without asking first. */
function isOnly(written: string, value: string | undefined): boolean {
  if (value === undefined || !written.startsWith(value)) return false
  return /^( as .+|\.\w+)?$/.test(written.slice(value.length))
}
