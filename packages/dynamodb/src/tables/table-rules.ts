import update from 'dynalite/validations/updateTable.js'
import type { CreateTableRequest } from './create-table.ts'
import { keyNames } from '../items/keys.ts'
import type { Index, StreamSpecification } from '../types.ts'
import type { UpdateTableRequest } from './update-table.ts'

const lead = 'One or more parameter values were invalid: '
/** Attributes that all INCLUDE indexes of a table may name together. */
export const includedMax = 100

/** What CreateTable refuses beyond dynalite's rules. */
export function createFault(request: CreateTableRequest): string | undefined {
  const global = request.GlobalSecondaryIndexes ?? []
  const indexes = [...global, ...(request.LocalSecondaryIndexes ?? [])]
  const bare = global.find((index) => index.ProvisionedThroughput === undefined)
  if (request.BillingMode !== 'PAY_PER_REQUEST' && bare !== undefined) {
    return `${lead}ProvisionedThroughput must be specified for index: ${bare.IndexName}`
  }
  return (
    unusedFault(request, indexes) ??
    projectionFault(indexes) ??
    streamFault(request.StreamSpecification)
  )
}

function unusedFault(request: CreateTableRequest, indexes: readonly Index[]): string | undefined {
  const used = [...new Set([request, ...indexes].flatMap(keyNames))]
  const defined = request.AttributeDefinitions.map((entry) => entry.AttributeName)
  if (defined.every((name) => used.includes(name))) return undefined
  return (
    `${lead}Some AttributeDefinitions are not used. ` +
    `AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`
  )
}

function projectionFault(indexes: readonly Index[]): string | undefined {
  let included = 0
  for (const { Projection: projection } of indexes) {
    if (projection.ProjectionType !== 'INCLUDE') continue
    if (projection.NonKeyAttributes === undefined) {
      return `${lead}ProjectionType is INCLUDE, but NonKeyAttributes is not specified`
    }
    included += projection.NonKeyAttributes.length
  }
  return included > includedMax
    ? `${lead}Total number of projected attributes across all indexes exceeds the limit of ${includedMax}`
    : undefined
}

function streamFault(asked: StreamSpecification | undefined): string | undefined {
  if (asked?.StreamEnabled === true && asked.StreamViewType === undefined) {
    return `${lead}StreamSpecification.StreamViewType must be specified when StreamEnabled is true`
  }
  if (asked?.StreamEnabled === false && asked.StreamViewType !== undefined) {
    return `${lead}StreamSpecification.StreamViewType must not be specified when StreamEnabled is false`
  }
  return undefined
}

/** What UpdateTable refuses by its request alone. */
export function updateFault(request: UpdateTableRequest): string | undefined {
  const { TableName: name, AttributeDefinitions: ignored, ...changes } = request
  const others = [
    request.StreamSpecification,
    request.DeletionProtectionEnabled,
    request.TableClass,
    request.OnDemandThroughput,
    request.WarmThroughput,
  ]
  const known = others.some((change) => change !== undefined)
  // dynalite knows fewer settings, and would take a change of the others alone for an empty one.
  const shown = known ? { ...changes, SSESpecification: {} } : changes
  const message = update.custom?.(
    { ...shown, TableName: name, AttributeDefinitions: ignored } as never,
    {} as never,
  )
  if (message !== undefined) return message
  const created = (request.GlobalSecondaryIndexUpdates ?? []).flatMap(
    ({ Create: index }) => index ?? [],
  )
  return projectionFault(created) ?? streamFault(request.StreamSpecification)
}
