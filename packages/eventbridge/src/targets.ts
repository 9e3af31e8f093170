import * as z from 'zod'
import { ApiError } from '@holdfast/embedded/errors'
import { entryFailure } from '@holdfast/embedded/faults'
import { operation } from './core.ts'
import { requireBus, type Target } from './buses.ts'
import { constraintError, validationError } from './errors.ts'
import { keepRule, pageOf, requireRule } from './rules.ts'
import { transformFault } from './transform.ts'

/** Targets of one rule. */
const TARGETS_MAX = 5

/** Targets that one request takes. */
const ENTRIES_MAX = 100

const atRule = z.object({ Rule: z.string(), EventBusName: z.string().optional() })

const target = z.object({
  Id: z.string(),
  Arn: z.string(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({
      InputPathsMap: z.record(z.string(), z.string()).optional(),
      InputTemplate: z.string(),
    })
    .optional(),
})

/** PutTargets: adds targets or replaces them by their ids. */
export const putTargets = operation(
  atRule.extend({ Targets: z.array(target) }),
  async (core, { Rule: name, EventBusName: busName, Targets: given }, { failedEntries }) => {
    const bus = requireBus(core, busName)
    const rule = requireRule(bus, name)
    checkCount('targets', given.length)
    const failed: object[] = []
    const targets = new Map(rule.targets.map((one) => [one.Id, one]))
    for (const [at, one] of given.entries()) {
      if (failedEntries.has(at)) failed.push(failureOf(one.Id))
      else {
        checkTarget(one)
        targets.set(one.Id, one)
      }
    }
    if (targets.size > TARGETS_MAX) {
      throw new ApiError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      )
    }
    await keepRule(core, bus, { ...rule, targets: [...targets.values()] })
    return { FailedEntryCount: failed.length, FailedEntries: failed }
  },
)

/** RemoveTargets: an id that is not there is fine. */
export const removeTargets = operation(
  atRule.extend({ Ids: z.array(z.string()) }),
  async (core, { Rule: name, EventBusName: busName, Ids: ids }, { failedEntries }) => {
    const bus = requireBus(core, busName)
    const rule = requireRule(bus, name)
    checkCount('ids', ids.length)
    const failed = ids.filter((_, at) => failedEntries.has(at))
    const gone = ids.filter((id) => !failed.includes(id))
    const targets = rule.targets.filter(({ Id: id }) => !gone.includes(id))
    await keepRule(core, bus, { ...rule, targets })
    return { FailedEntryCount: failed.length, FailedEntries: failed.map(failureOf) }
  },
)

/** ListTargetsByRule. */
export const listTargetsByRule = operation(
  atRule.extend({ NextToken: z.string().optional(), Limit: z.number().optional() }),
  (core, { Rule: name, EventBusName: busName, NextToken: token, Limit: limit }) => {
    const { targets } = requireRule(requireBus(core, busName), name)
    const { page, next } = pageOf({ names: targets.map(({ Id: id }) => id), token, limit })
    return { Targets: targets.filter(({ Id: id }) => page.includes(id)), ...next }
  },
)

function checkCount(name: string, count: number): void {
  if (count === 0) {
    throw constraintError({ name, value: [] }, 'have length greater than or equal to 1')
  }
  if (count > ENTRIES_MAX) {
    throw constraintError({ name, value: [] }, `have length less than or equal to ${ENTRIES_MAX}`)
  }
}

function checkTarget(one: Target): void {
  const { Id: id, Arn: arn, Input: input, InputPath: path, InputTransformer: transformer } = one
  const invalid = (name: string, reason: string) =>
    validationError(`Parameter ${name} is not valid. Reason: ${reason}`)
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(id)) {
    throw constraintError(
      { name: 'targets.1.member.id', value: id },
      'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+',
    )
  }
  if (!arn.startsWith('arn:aws')) {
    throw invalid('Arn', 'Provided Arn is not in correct format.')
  }
  if ([input, path, transformer].filter((way) => way !== undefined).length > 1) {
    throw validationError(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`,
    )
  }
  const fault = transformFault(one)
  if (fault !== undefined) throw validationError(`${fault} for target ${id}.`)
}

function failureOf(id: string): object {
  const { code: ErrorCode, message: ErrorMessage } = entryFailure
  return { TargetId: id, ErrorCode, ErrorMessage }
}
