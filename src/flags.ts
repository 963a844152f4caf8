import { type Command, InvalidArgumentError, Option } from 'commander'
import { closestWord } from './closest.ts'
import { CHECK_IDS } from './config/check-ids.ts'
import type { Shard } from './fleet/shard.ts'

/** Flags of commands that can take all environments of a file. */
export function fleetFlags(command: Command): Command {
  return command
    .option('--all', 'every environment of the file')
    .option(
      '--shard <part>',
      'with --all: one of several equal parts of the environments, such as 2/5',
      shard,
    )
    .option('--concurrency <tenants>', 'with --all: tenants at once', positive, 8)
}

/** The flag that accepts what a check finds. */
export function allowFlag(command: Command): Command {
  const allow = new Option('--allow <check>', 'accept what a check finds, such as F06 (repeatable)')
  return command.addOption(allow.argParser(checkId).default([], 'none'))
}

/** Flags of commands that begin as a plan. */
export function planFlags(command: Command): Command {
  return allowFlag(command).option(
    '--write-secrets',
    'also send secrets that cannot be read back and so not compared',
  )
}

/** Flags of commands that write. */
export function applyFlags(command: Command): Command {
  return planFlags(command)
    .addOption(formats(['human', 'json']))
    .option('-y, --yes', 'do not ask before writing')
    .option('--snapshot <folder>', 'where to save what the tenant has before; "none" saves nothing')
}

/** The flag that says in which form the result is. */
export function formats(choices: readonly string[]): Option {
  return new Option('--format <format>', 'form of the result').choices(choices)
}

/** One more name beside those that were given before, each once. */
export function named(given: string, earlier: readonly string[]): readonly string[] {
  if (given !== '') return [...new Set([...earlier, given])]
  throw new InvalidArgumentError('It is empty.')
}

function checkId(given: string, earlier: readonly string[]): readonly string[] {
  const id = CHECK_IDS.find(known => known === given.toUpperCase())
  if (id) return [...earlier, id]
  const close = closestWord(given, CHECK_IDS)
  throw new InvalidArgumentError(
    `There is no such check.${close ? ` Did you mean ${close}?` : ' An id is like F01 or P10.'}`,
  )
}

/** A number of up to six digits. */
export function wholeNumber(given: string): number {
  if (/^\d{1,6}$/.test(given)) return Number(given)
  throw new InvalidArgumentError('It must be a whole number.')
}

function positive(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given)
  throw new InvalidArgumentError('It must be a whole number from 1 to 9999.')
}

function shard(given: string): Shard {
  const [index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(given)?.slice(1).map(Number) ?? []
  if (index && count && index <= count) return { index, count }
  throw new InvalidArgumentError('It must be a part of a number of parts, such as 2/5.')
}
