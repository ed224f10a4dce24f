import type {Layout} from '../../app/layout/layout.js';
import {type RotationScreen, rotationGuide} from '../../app/screens/rotation.js';
import {GuideView} from './wizard/guide.js';

/** How to rotate and revoke a credential. */
export function RotationView({screen, layout}: {readonly screen: RotationScreen; readonly layout: Layout}) {
	const guide = rotationGuide(screen);
	return guide === undefined ? null : <GuideView guide={guide} {...screen.guide} layout={layout} />;
}
