import type * as z from 'zod'
import type { oas31 } from 'zod-openapi'
import type { CatalogEntry } from '../http/catalog.ts'
import type { Access } from '../http/surface.ts'

/** The part of a catalog's entry that is documented. */
export type Documented = Pick<CatalogEntry, 'name' | 'endpoint'>

/** A group of endpoints: those whose paths start there, unless a longer one fits too. */
export interface Tag {
  readonly name: string
  readonly description: string
  readonly under: string | readonly string[]
}

/** A kind of key, as a security scheme of that name. */
export interface KeyScheme {
  readonly name: string
  readonly scheme: oas31.SecuritySchemeObject
}

/** What is sent to those who registered for it. */
export interface ToldNotices {
  readonly tag: string
  /** Of every notice alike, in Markdown. */
  readonly description: string
  /** What each header says, by its name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: z.ZodType
  /** What to answer, by status. */
  readonly responses: Readonly<Record<`${2 | 4}${string}`, { readonly description: string }>>
  /** By type. */
  readonly notices: Readonly<Record<string, { readonly summary: string; readonly example: object }>>
}

/** What a surface tells of itself beyond its endpoints; kept apart from the surface, since no request needs it. */
export interface SurfaceDocument {
  readonly info: oas31.InfoObject
  readonly tags: readonly Tag[]
  readonly keys: Readonly<Partial<Record<Access, KeyScheme>>>
  /** The bodies of errors by name: the first that fits an error is its schema. */
  readonly errors: Readonly<Record<string, z.ZodType>>
  /** Schemas with names of their own; other whole bodies are named after their endpoints. */
  readonly schemas: Readonly<Record<string, z.ZodType>>
  readonly told?: ToldNotices
}
