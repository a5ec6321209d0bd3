import noAccessHeading from '@salesforce/label/c.Playbook_No_Access_Heading';
import noAccessText from '@salesforce/label/c.Playbook_No_Access_Text';
import noConfigurationHeading from '@salesforce/label/c.Playbook_No_Configuration_Heading';
import noConfigurationText from '@salesforce/label/c.Playbook_No_Configuration_Text';
import notFoundHeading from '@salesforce/label/c.Playbook_Not_Found_Heading';
import notFoundText from '@salesforce/label/c.Playbook_Not_Found_Text';
import retry from '@salesforce/label/c.Playbook_Retry';
import readFailedHeading from '@salesforce/label/c.Playbook_Read_Failed_Heading';
import readFailedText from '@salesforce/label/c.Playbook_Read_Failed_Text';
import saveFailedHeading from '@salesforce/label/c.Playbook_Save_Failed_Heading';
import saveOffline from '@salesforce/label/c.Playbook_Save_Offline';
import saveFailedText from '@salesforce/label/c.Playbook_Save_Failed_Text';

export default {
    noAccessHeading,
    noAccessText,
    noConfigurationHeading,
    noConfigurationText,
    notFoundHeading,
    notFoundText,
    retry,
    readFailedHeading,
    readFailedText,
    saveFailedHeading,
    saveOffline,
    saveFailedText,
};
