export function botOf<Class>(client: Class): Class;
export function putMembers(client: object, players: ReadonlyMap<string, unknown>): void;
