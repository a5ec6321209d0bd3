import showAbout from '@salesforce/label/c.Playbook_About_Show';
import hideAbout from '@salesforce/label/c.Playbook_About_Hide';
import whenToUse from '@salesforce/label/c.Playbook_When_To_Use';
import successCriteria from '@salesforce/label/c.Playbook_Success_Criteria';
import pitfalls from '@salesforce/label/c.Playbook_Pitfalls';

export default { showAbout, hideAbout, whenToUse, successCriteria, pitfalls };
