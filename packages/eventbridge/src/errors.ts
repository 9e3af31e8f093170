import { ApiError } from '@holdfast/embedded/errors'

/** A request that EventBridge finds fault with. */
export function validationError(message: string): ApiError {
  return new ApiError('ValidationException', message)
}

/** One member of a request that breaks a constraint of EventBridge's model, in AWS's words. */
export function constraintError(
  { name, value }: { name: string; value: unknown },
  constraint: string,
): ApiError {
  const shown = typeof value === 'string' ? `'${value}'` : JSON.stringify(value ?? null)
  return validationError(
    `1 validation error detected: Value ${shown} at '${name}' failed to satisfy constraint: Member must ${constraint}`,
  )
}

/** A bus or rule that is not there. */
export function notFound(message: string): ApiError {
  return new ApiError('ResourceNotFoundException', message)
}
