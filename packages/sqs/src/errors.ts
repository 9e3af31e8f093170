import { ApiError } from '@holdfast/embedded/errors'

/** A parameter of SQS that is out of its bounds. */
export function invalidValue(
  { name, value }: { name: string; value: unknown },
  reason: string,
): ApiError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value)
  return new ApiError(
    'InvalidParameterValue',
    `Value ${shown} for parameter ${name} is invalid. Reason: ${reason}`,
  )
}
