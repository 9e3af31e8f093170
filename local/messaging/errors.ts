/** A refusal of one of the two services, as it goes over the wire. */
export class ApiError extends Error {
  /** The error's name, as the SDK shows it. */
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

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
