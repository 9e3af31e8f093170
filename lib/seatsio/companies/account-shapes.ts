import * as z from 'zod'
import {
  rendererSwitches,
  type AccountSettings,
  type RendererSwitch,
  type SettingsEdit,
} from '../../records/account-settings.ts'
import type { Company } from '../../records/records.ts'
import {
  validationRules,
  type ValidationLevel,
  type ValidationRule,
} from '../../venue/validate-chart.ts'
import { id, text } from '../fields.ts'
import { TOKEN_MINUTES_MAX } from '../objects/hold-token-shapes.ts'

// The account of a company.

const levels = ['OFF', 'WARNING', 'ERROR'] as const satisfies readonly ValidationLevel[]

const level = z.enum(levels)

export const accountReply = z.strictObject({
  secretKey: z.string().meta({ description: 'The admin key: opens all workspaces.' }),
  secretKeys: z.array(z.string()).meta({ description: 'The admin key: there is one.' }),
  designerKey: z.string(),
  publicKey: z.string().meta({ description: 'The public key of the default workspace.' }),
  email: z.string(),
  role: z.literal('ADMIN'),
  company: z.strictObject({ id, name: z.string() }),
  settings: z.strictObject({
    draftChartDrawingsEnabled: z.boolean().meta({
      description: 'Whether a change of a chart that has events goes into a draft.',
    }),
    holdOnSelectForGAs: z.literal(true),
    holdPeriodInMinutes: z.int().meta({
      description: 'How long a hold token lives unless its request says otherwise.',
    }),
    chartValidation: z.strictObject({
      VALIDATE_DUPLICATE_LABELS: level,
      VALIDATE_OBJECTS_WITHOUT_CATEGORIES: level,
      VALIDATE_UNLABELED_OBJECTS: level,
      VALIDATE_FOCAL_POINT: level,
      VALIDATE_OBJECT_TYPES_PER_CATEGORY: level,
      VALIDATE_EMPTY_FLOOR: level,
    } satisfies Record<ValidationRule, typeof level>),
    defaultRendererSettings: z.strictObject({
      showFullScreenButton: z.boolean(),
      multiSelectEnabled: z.boolean(),
      companionSeatValidationEnabled: z.boolean(),
    } satisfies Record<RendererSwitch, z.ZodBoolean>),
  }),
})

export const designerKeyReply = z.strictObject({ designerKey: z.string() })

/** Characters of a password that is sent. */
const PASSWORD_LENGTH_MAX = 1_000

export const passwordRequest = z.object({ password: text(1, PASSWORD_LENGTH_MAX) })

export const holdPeriodRequest = z.object({
  holdPeriodInMinutes: z.int().min(1).max(TOKEN_MINUTES_MAX),
})

const names = [...validationRules, ...rendererSwitches]

/** A switch may be sent as a text, since clients send texts. */
const switchWords = ['true', 'false']

export const settingRequest = z
  .object({
    key: z.enum(names as [string, ...string[]]),
    value: z.union([z.string(), z.boolean()]),
  })
  .transform(({ key, value }, context): SettingsEdit => {
    const word = String(value)
    const isRule = (validationRules as readonly string[]).includes(key)
    if (isRule && typeof value === 'string' && isLevel(value))
      return { validation: { [key]: value } }
    if (!isRule && switchWords.includes(word)) return { renderer: { [key]: word === 'true' } }
    const wanted = (isRule ? levels : switchWords).join(', ')
    const message = `${word} is not a valid value of ${key}: expected one of ${wanted}`
    context.addIssue({ code: 'custom', path: ['value'], message })
    return z.NEVER
  })
  .meta({
    override: {
      type: 'object',
      required: ['key', 'value'],
      properties: {
        key: { type: 'string', enum: names },
        value: {
          anyOf: [{ type: 'string' }, { type: 'boolean' }],
          description: 'Of a rule `OFF`, `WARNING` or `ERROR`; of a switch `true` or `false`.',
        },
      },
    },
  })

function isLevel(value: string): value is ValidationLevel {
  return (levels as readonly string[]).includes(value)
}

/** An account in this API's words. */
export function toAccount(account: {
  readonly company: Company
  readonly secretKey: string
  readonly designerKey: string
  readonly publicKey: string
}): z.output<typeof accountReply> {
  const { company, ...theirKeys } = account
  const { companyId, serial, name, email, settings } = company
  return {
    ...theirKeys,
    secretKeys: [theirKeys.secretKey],
    email: email ?? `admin-${companyId.toLowerCase()}@holdfast.invalid`,
    role: 'ADMIN',
    company: { id: serial, name },
    settings: toSettings(settings),
  }
}

function toSettings(settings: AccountSettings): z.output<typeof accountReply>['settings'] {
  const { usesDrafts, holdMinutes, validation, renderer } = settings
  const levelOf = (rule: ValidationRule) => validation[rule] ?? 'OFF'
  const isOn = (name: RendererSwitch) => renderer[name] ?? false
  return {
    draftChartDrawingsEnabled: usesDrafts,
    holdOnSelectForGAs: true,
    holdPeriodInMinutes: holdMinutes,
    chartValidation: {
      VALIDATE_DUPLICATE_LABELS: levelOf('VALIDATE_DUPLICATE_LABELS'),
      VALIDATE_OBJECTS_WITHOUT_CATEGORIES: levelOf('VALIDATE_OBJECTS_WITHOUT_CATEGORIES'),
      VALIDATE_UNLABELED_OBJECTS: levelOf('VALIDATE_UNLABELED_OBJECTS'),
      VALIDATE_FOCAL_POINT: levelOf('VALIDATE_FOCAL_POINT'),
      VALIDATE_OBJECT_TYPES_PER_CATEGORY: levelOf('VALIDATE_OBJECT_TYPES_PER_CATEGORY'),
      VALIDATE_EMPTY_FLOOR: levelOf('VALIDATE_EMPTY_FLOOR'),
    },
    defaultRendererSettings: {
      showFullScreenButton: isOn('showFullScreenButton'),
      multiSelectEnabled: isOn('multiSelectEnabled'),
      companionSeatValidationEnabled: isOn('companionSeatValidationEnabled'),
    },
  }
}
