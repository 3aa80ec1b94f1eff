import type { CommandOptions, OptionName } from './options.ts'

export interface Command {
  /** How many words may follow it. */
  readonly operands: number
  readonly options: readonly OptionName[]
  /** Loads only what it needs, and runs until it ends. @returns The exit code. */
  run(operands: readonly string[], options: CommandOptions): Promise<number>
}

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  [
    'serve',
    {
      operands: 0,
      options: ['auto'],
      run: async (_operands, options) => await (await import('./serve.ts')).serve(options),
    },
  ],
  [
    'emulator',
    {
      operands: 0,
      options: ['port', 'auto', 'seed'],
      run: async (_operands, options) => await (await import('./emulator.ts')).runEmulator(options),
    },
  ],
  [
    'keys',
    {
      operands: 1,
      options: ['now'],
      run: async ([action], options) => await (await import('./keys.ts')).runKeys(action, options),
    },
  ],
  [
    'migrate',
    {
      operands: 0,
      options: ['status', 'to'],
      run: async (_operands, options) => await (await import('./migrate.ts')).runMigrate(options),
    },
  ],
  [
    'backup',
    {
      operands: 1,
      options: [],
      run: async ([file]) => await (await import('./backup.ts')).runBackup(file),
    },
  ],
  [
    'reconcile',
    {
      operands: 0,
      options: [],
      run: async () => await (await import('./reconcile.ts')).runReconcile(),
    },
  ],
  [
    'import',
    {
      operands: 1,
      options: ['into'],
      run: async ([source], options) =>
        await (await import('./import.ts')).runImport(source, options),
    },
  ],
  [
    'webhooks',
    {
      operands: Number.POSITIVE_INFINITY,
      options: ['all'],
      run: async (operands, options) =>
        await (await import('./webhooks.ts')).runWebhooks(operands, options),
    },
  ],
  [
    'audit',
    {
      operands: 1,
      options: ['since', 'until', 'user', 'action'],
      run: async ([action], options) =>
        await (await import('./audit.ts')).runAudit(action, options),
    },
  ],
  [
    'explain',
    {
      operands: Number.POSITIVE_INFINITY,
      options: [],
      run: async (codes) => await (await import('./explain.ts')).runExplain(codes),
    },
  ],
] satisfies [string, Command][])
