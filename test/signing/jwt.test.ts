import assert from 'node:assert/strict';
import {createPrivateKey} from 'node:crypto';
import {test} from 'node:test';
import {rs256, signedToken} from '../../source/signing/jwt.js';

/** The key of RFC 7515, A.2. */
const key = createPrivateKey({
	format: 'jwk',
	key: {
		kty: 'RSA',
		n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
		e: 'AQAB',
		d: 'Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ',
		p: '4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc',
		q: 'uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc',
		dp: 'BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0',
		dq: 'h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU',
		qi: 'IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuMldVdh2nbqUnDKHr_y1JnZPnd7S--ucmlmwGNr1iYvYmoU0ZfDqOKlkHFh8h1yrDbMGyBTzPGDmY8DhFY6k9wZzqvPXsnDGwiAJEqvcPR2yqWnmmEtZGRVbGHdWQ7Q',
	},
});

test('a token is signed as in RFC 7515, A.2', () => {
	const input =
		'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
	assert.equal(
		rs256(input, key),
		'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
	);
});

test('a token is the one that jose makes', () => {
	const claims = {
		iss: 'pharmer@invented-prod-123456.iam.gserviceaccount.com',
		scope: 'https://www.googleapis.com/auth/cloud-platform.read-only',
		aud: 'https://oauth2.googleapis.com/token',
		iat: 1795986000,
		exp: 1795986300,
	};
	// Recorded from jose 6.
	assert.equal(
		signedToken(claims, {id: '0001', key}),
		'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjAwMDEifQ.eyJpc3MiOiJwaGFybWVyQGludmVudGVkLXByb2QtMTIzNDU2LmlhbS5nc2VydmljZWFjY291bnQuY29tIiwic2NvcGUiOiJodHRwczovL3d3dy5nb29nbGVhcGlzLmNvbS9hdXRoL2Nsb3VkLXBsYXRmb3JtLnJlYWQtb25seSIsImF1ZCI6Imh0dHBzOi8vb2F1dGgyLmdvb2dsZWFwaXMuY29tL3Rva2VuIiwiaWF0IjoxNzk1OTg2MDAwLCJleHAiOjE3OTU5ODYzMDB9.cLC9nts_SiHHSiyD-xEkgkKzGJaZH6WbpSXpVRu2PttHSJneuYDZghbJAzIyjDeCceLGMffn_y5Eae19vWrOOVubbcdD7dcr7MmIEg6QtdVoCBL5DUXlHPguJzn6jk6sUwXg6di5OhV9G80URZPc2_nwUV19fs_24F7U6kWrwmUk7FKz6F3ztiBQUB8sdWmSTPpabmwhka4cbQ1mhgKuKCteNtHzFcyVwzOgjLNPGh3MhpVPmsoPmpa4NSC9NEpOYrYfRUgIHmVO7XxlgBzujga7QIzeMNZyTXOUpbVAJ96wX9pHNjBUcnfz-onPh053AhAy-RNdIDapVYtZmSfbfg',
	);
});
