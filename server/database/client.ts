/** The way to the database: Prisma's client on a small pool of connections. */
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from './generated/client'

const MAX_CONNECTIONS = 10

export type Database = PrismaClient
/** A database or a transaction in it: for a change that may be part of a larger one. */
export type DatabaseOrTransaction = Prisma.TransactionClient

/** Connects at the first query. Whoever makes it ends it with `$disconnect()`. */
export const makeDatabase = (url: string): Database => new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: MAX_CONNECTIONS }) })

/** Whether a write failed because a row with the same unique value is there already. */
export const isUniqueViolation = (error: unknown): boolean => error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
