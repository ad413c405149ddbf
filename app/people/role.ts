/** The roles, in the order in which people choose them. */
import type { Viewer } from '@/server/access/sessions'

export type Role = Viewer['role']
export const ROLES: readonly Role[] = ['technician', 'supervisor', 'reviewer', 'admin']
