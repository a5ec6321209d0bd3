/**
 * For the type check alone, never bundled: each stand-in offers what the project's types of the platform module promise, no less and nothing different. A mixin's type names symbols of its own, which cannot be compared.
 */
import type * as Graphql from 'lightning/graphql';
import type * as PageReferenceUtils from 'lightning/pageReferenceUtils';
import type * as ShowToast from 'lightning/platformShowToastEvent';
import type * as Refresh from 'lightning/refresh';
import type * as ObjectInfoApi from 'lightning/uiObjectInfoApi';
import type * as RecordApi from 'lightning/uiRecordApi';
import * as graphql from './lwc/lightning/graphql/graphql.ts';
import * as pageReferenceUtils from './lwc/lightning/pageReferenceUtils/pageReferenceUtils.ts';
import * as showToast from './lwc/lightning/platformShowToastEvent/platformShowToastEvent.ts';
import * as refresh from './lwc/lightning/refresh/refresh.ts';
import * as objectInfoApi from './lwc/lightning/uiObjectInfoApi/uiObjectInfoApi.ts';
import * as recordApi from './lwc/lightning/uiRecordApi/uiRecordApi.ts';

graphql satisfies typeof Graphql;
objectInfoApi satisfies typeof ObjectInfoApi;
pageReferenceUtils satisfies typeof PageReferenceUtils;
recordApi satisfies typeof RecordApi;
refresh satisfies typeof Refresh;
showToast satisfies typeof ShowToast;
