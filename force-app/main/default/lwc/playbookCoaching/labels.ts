import title from '@salesforce/label/c.Playbook_Coaching_Title';
import what from '@salesforce/label/c.Playbook_Coaching_What';
import period from '@salesforce/label/c.Playbook_Coaching_Period';
import csm from '@salesforce/label/c.Playbook_Coaching_Csm';
import allCsms from '@salesforce/label/c.Playbook_Coaching_All_Csms';
import left from '@salesforce/label/c.Playbook_Coaching_Left';
import playbook from '@salesforce/label/c.Playbook_Coaching_Playbook';
import allPlaybooks from '@salesforce/label/c.Playbook_Coaching_All_Playbooks';
import gone from '@salesforce/label/c.Playbook_Coaching_Gone';
import nothingHeading from '@salesforce/label/c.Playbook_Coaching_Nothing_Heading';
import nothingText from '@salesforce/label/c.Playbook_Coaching_Nothing_Text';
import nothingFiltered from '@salesforce/label/c.Playbook_Coaching_Nothing_Filtered';
import savesCount from '@salesforce/label/c.Playbook_Coaching_Saves_Count';
import savesOne from '@salesforce/label/c.Playbook_Coaching_Saves_One';
import savesArr from '@salesforce/label/c.Playbook_Coaching_Saves_Arr';
import savesLatest from '@salesforce/label/c.Playbook_Coaching_Saves_Latest';
import skips from '@salesforce/label/c.Playbook_Coaching_Skips';
import skipsNone from '@salesforce/label/c.Playbook_Coaching_Skips_None';
import share from '@salesforce/label/c.Playbook_Coaching_Share';
import counted from '@salesforce/label/c.Playbook_Coaching_Reason_Count';
import latest from '@salesforce/label/c.Playbook_Coaching_Latest';
import stillOpen from '@salesforce/label/c.Playbook_Coaching_Still_Open';
import more from '@salesforce/label/c.Playbook_Coaching_More';
import moreFailed from '@salesforce/label/c.Playbook_Coaching_More_Failed';
import you from '@salesforce/label/c.Playbook_Coaching_You';
import commentSaved from '@salesforce/label/c.Playbook_Coaching_Comment_Saved';
import commentRemoved from '@salesforce/label/c.Playbook_Coaching_Comment_Removed';
import readOnly from '@salesforce/label/c.Playbook_Coaching_Read_Only';
import loading from '@salesforce/label/c.Playbook_Loading';

export default {
    title,
    what,
    period,
    csm,
    allCsms,
    left,
    playbook,
    allPlaybooks,
    gone,
    nothingHeading,
    nothingText,
    nothingFiltered,
    savesCount,
    savesOne,
    savesArr,
    savesLatest,
    skips,
    skipsNone,
    share,
    counted,
    latest,
    stillOpen,
    more,
    moreFailed,
    you,
    commentSaved,
    commentRemoved,
    readOnly,
    loading,
};
