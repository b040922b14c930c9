/** testing/routes/table: every REST route the loopback Discord answers. */

import { applicationRoutes } from './application.ts';
import { channelRoutes } from './channel.ts';
import { gatewayRoutes } from './gateway.ts';
import { guildRoutes } from './guild.ts';
import { interactionRoutes } from './interaction.ts';
import { memberRoutes } from './member.ts';
import type { Route } from './route.ts';
import { userRoutes } from './user.ts';

/** All rows; what is not here is answered 404 and recorded as `unimplemented`. */
export const routes: readonly Route[] = [
  ...gatewayRoutes,
  ...userRoutes,
  ...applicationRoutes,
  ...guildRoutes,
  ...memberRoutes,
  ...channelRoutes,
  ...interactionRoutes,
];
