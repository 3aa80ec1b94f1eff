import type { Person } from '../state/people.ts'

/** Whose picture, and which one where it is no drawing. */
type Pictured = Pick<Person, 'id' | 'profile_image_url'>

/** Where the emulator serves the pictures that it draws itself. */
export const PICTURES = '/_emulator/pictures'

/** The small picture of a person, 110 pixels wide. */
export function thumbnailUrl(person: Pictured, origin: string): string {
  return pictureUrl(person, origin, 110)
}

/** The large picture of a person, 640 pixels wide. */
export function profileImageUrl(person: Pictured, origin: string): string {
  return pictureUrl(person, origin, 640)
}

function pictureUrl(person: Pictured, origin: string, pixels: number): string {
  return person.profile_image_url ?? `${origin}${PICTURES}/${person.id}-${pixels}.svg`
}
