import { GraduationCap, List, MonitorSmartphone, Radio, ScrollText, Settings, UsersRound } from 'lucide-react'
import type { Place } from './places'

export const PLACE_ICONS = { live: Radio, calls: List, training: GraduationCap, devices: MonitorSmartphone, people: UsersRound, audit: ScrollText, settings: Settings } as const satisfies Record<Place, unknown>
