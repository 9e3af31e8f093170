import type { Administration } from '../lib/actions/companies/administration.ts'
import { getAdmissionKeys, rotateAdmissionKey } from '../lib/actions/companies/admission-keys.ts'
import { changeSettings } from '../lib/actions/companies/change-settings.ts'
import { createCompany } from '../lib/actions/companies/create-company.ts'
import { createKey } from '../lib/actions/companies/create-key.ts'
import { listKeys } from '../lib/actions/companies/list-keys.ts'
import { revokeKey } from '../lib/actions/companies/revoke-key.ts'
import { toIso } from '../lib/clock.ts'
import type { Outcome } from '../lib/refusals.ts'
import type { Command } from './keys-options.ts'
import { OptionsError } from '../local/options.ts'

/** Runs one command on a workspace's keys, or makes a company; answers the lines to print. Refuses in words. */
export async function runKeysCommand(
  administration: Administration,
  workspaceId: string,
  command: Command,
): Promise<string[]> {
  switch (command.name) {
    case 'create':
      return describeNew(
        must(await createKey(mayDerive(administration), workspaceId, command.kind)),
      )
    case 'list':
      return must(await listKeys(administration, workspaceId)).map(
        ({ keyId, kind, createdAt, revokedAt }) =>
          [
            keyId,
            kind,
            toIso(createdAt),
            revokedAt ? `revoked ${toIso(revokedAt)}` : 'active',
          ].join('  '),
      )
    case 'revoke':
      must(await revokeKey(administration, workspaceId, command.keyId))
      return [`Revoked ${command.keyId}. It may open Holdfast for a minute more.`]
    case 'company':
      return describeCompany(mayDerive(administration), command.company)
    case 'admission-key':
      return describeAdmission(administration, workspaceId, command.overlapSeconds)
    case 'settings': {
      const { settings } = must(await changeSettings(administration, workspaceId, command.change))
      return [
        `publishable-may-book           ${settings.publishableMayBook}`,
        `publishable-may-open-channels  ${settings.publishableMayOpenChannels ?? false}`,
        `live-holds-max                 ${settings.liveHoldsMax ?? 'none'}`,
        `hold-minutes-max               ${settings.holdMinutesMax ?? 'none'}`,
        `extensions-max                 ${settings.extensionsMax ?? 'none'}`,
      ]
    }
  }
}

async function describeAdmission(
  administration: Administration,
  workspaceId: string,
  overlapSeconds: number | undefined,
): Promise<string[]> {
  const { current, former } = must(
    overlapSeconds === undefined
      ? await getAdmissionKeys(administration, workspaceId)
      : await rotateAdmissionKey(
          { ...administration, backOff: () => Promise.resolve() },
          { workspaceId, overlapSeconds },
        ),
  )
  const until = former && `Tokens of the one before are taken until ${toIso(former.until)}.`
  return [current, until ?? []].flat()
}

async function describeCompany(administration: Administration, name: string): Promise<string[]> {
  const { company, workspaces, adminKey } = await createCompany(administration, name)
  const lines = [`Company ${company.companyId}`, `  ${'admin'.padEnd(11)}  ${adminKey}`]
  for (const workspace of workspaces) {
    lines.push(`${workspace.name}  ${workspace.workspaceId}`)
    for (const kind of ['secret', 'publishable'] as const) {
      const { key } = must(await createKey(administration, workspace.workspaceId, kind))
      lines.push(`  ${kind.padEnd(11)}  ${key}`)
    }
  }
  return [...lines, 'The keys are printed this once.']
}

function describeNew({ key, keyId }: { key: string; keyId: string }): string[] {
  return [key, `Its id is ${keyId}. The key is printed this once.`]
}

/** Without the master secret a key would be derived from nothing: anyone could make it. */
function mayDerive(administration: Administration): Administration {
  if (administration.masterSecret === '') {
    throw new OptionsError('Keys are derived from the master secret: set HOLDFAST_MASTER_SECRET')
  }
  return administration
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const { code, ...details } = outcome.refusal
  throw new OptionsError(`${code}: ${Object.values(details).join(', ')}`)
}
