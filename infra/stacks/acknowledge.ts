import { Token, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Tells cdk-nag that a finding of it is meant, and why; refuses a reason that says nothing. */
export function acknowledge(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  for (const [id, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id, reason })
  }
}

/** What cdk-nag writes for a value that may not be known before the deployment. */
export function forNag(value: string, placeholder: string): string {
  return Token.isUnresolved(value) ? `<${placeholder}>` : value
}
