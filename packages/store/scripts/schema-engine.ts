import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as background from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { Migration } from '../src/migrate/folder.ts'

export type SchemaEngine = background.SchemaEngine

/** Declares the parts of WebAssembly that are used here, because TypeScript's Node types lack them. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

let started = false

/**
 * Prisma's schema engine as WebAssembly. Prisma's command line would download a native engine instead, but a build must
 * work without a network.
 */
export async function schemaEngine(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  if (!started) {
    const path = fileURLToPath(
      new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
    )
    const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {
      './schema_engine_bg.js': { ...background },
    })
    const start = instance.exports['__wbindgen_start']
    background.__wbg_set_wasm(instance.exports)
    if (typeof start === 'function') start()
    started = true
  }
  return background.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

/** The form in which the engine wants a folder of migrations. */
export function migrationList(
  baseDir: string,
  migrations: readonly Migration[],
): Parameters<SchemaEngine['applyMigrations']>[0]['migrationsList'] {
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
