/** Codes that list views and related lists use for columns of standard fields instead of API names. */
const COLUMN_CODES: Readonly<Record<string, string>> = {
    NAME: 'Name',
    'ACCOUNT.NAME': 'Name',
    'ACCOUNT.INDUSTRY': 'Industry',
    'ACCOUNT.TYPE': 'Type',
    'ACCOUNT.PHONE1': 'Phone',
    'ACCOUNT.URL': 'Website',
    'ACCOUNT.ADDRESS1_CITY': 'BillingCity',
    'ACCOUNT.ADDRESS1_COUNTRY': 'BillingCountry',
    'ACCOUNT.EMPLOYEES': 'NumberOfEmployees',
    'ACCOUNT.LAST_ACTIVITY': 'LastActivityDate',
    'ACCOUNT.CREATED_DATE': 'CreatedDate',
    'ACCOUNT.LAST_UPDATE': 'LastModifiedDate',
    'CORE.USERS.ALIAS': 'Owner.Name',
    'CORE.USERS.FULL_NAME': 'Owner.Name',
    'OWNER.ALIAS': 'Owner.Name',
    'OWNER.FULL_NAME': 'Owner.Name',
    CREATED_DATE: 'CreatedDate',
    CREATEDBY_USER: 'CreatedBy.Name',
    LAST_UPDATE: 'LastModifiedDate',
    UPDATEDBY_USER: 'LastModifiedBy.Name',
};

export function apiNameOfColumn(code: string): string {
    return COLUMN_CODES[code] ?? code;
}

/** The code of an API name on an object; undefined where it has none. */
export function codeOfColumn(objectName: string, apiName: string): string | undefined {
    return Object.keys(COLUMN_CODES).find(
        (code) => COLUMN_CODES[code] === apiName && code.startsWith('ACCOUNT.') === (objectName === 'Account'),
    );
}
