import assert from 'node:assert/strict';
import {test} from 'node:test';
import {WizardPage} from '../../../../source/ui/screens/wizard/wizard-page.js';
import {openedApp, played} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const page = viewer(['wizard'], props => <WizardPage {...props} />);

test('the guide and the discard dialog replace the wizard', () => {
	assert.match(page(played(openedApp(), 'n')), /New credential/);
	assert.match(page(played(openedApp(), 'n', 'enter', 'ctrl+g')), /aws iam/);
	assert.match(page(played(openedApp(), 'n', 'enter', 'mine', 'ctrl+c')), /Discard the draft\?/);
});
