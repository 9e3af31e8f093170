import type { CreateTableRequest } from './create-table.ts'
import type { StreamSpecification } from '../types.ts'

/** What CreateTable refuses beyond dynalite's rules. */
export function createFault(request: CreateTableRequest): string | undefined {
  if (request.BillingMode !== 'PAY_PER_REQUEST') {
    return 'Provisioned throughput is not served here: BillingMode must be PAY_PER_REQUEST.'
  }
  return streamFault(request.StreamSpecification)
}

function streamFault(asked: StreamSpecification | undefined): string | undefined {
  if (asked?.StreamEnabled === true && asked.StreamViewType === undefined) {
    return `One or more parameter values were invalid: StreamSpecification.StreamViewType must be specified when StreamEnabled is true`
  }
  if (asked?.StreamEnabled === false && asked.StreamViewType !== undefined) {
    return `One or more parameter values were invalid: StreamSpecification.StreamViewType must not be specified when StreamEnabled is false`
  }
  return undefined
}
