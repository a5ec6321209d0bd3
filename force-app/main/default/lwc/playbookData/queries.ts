import { gql } from 'lightning/graphql';

/**
 * All the panel needs about an account but its figures, in one request: the org's triggers and settings, published playbooks
 * (without their long texts), the account's runs, the signed-in user.
 * Figures come through getRecord, since which fields they are is a setting; long texts follow when a checklist is open.
 */
export const ACCOUNT_QUERY = gql`
    query PlaybookPanel($accountId: ID!, $userId: ID!) {
        uiapi {
            query {
                Playbook_Trigger__mdt(first: 200) {
                    edges {
                        node {
                            DeveloperName {
                                value
                            }
                            MasterLabel {
                                value
                            }
                            Active__c {
                                value
                            }
                            Kind__c {
                                value
                            }
                            Playbook_Key__c {
                                value
                            }
                            Priority__c {
                                value
                            }
                            Tier__c {
                                value
                            }
                            Enter_When__c {
                                value
                            }
                            Exit_When__c {
                                value
                            }
                            Hold_Days__c {
                                value
                            }
                            Cooldown_Days__c {
                                value
                            }
                            Anchor__c {
                                value
                            }
                            Explanation__c {
                                value
                            }
                            Signal_Title__c {
                                value
                            }
                            Signal_Instructions__c {
                                value
                            }
                            Signal_Contact__c {
                                value
                            }
                            Signal_Due_Hours__c {
                                value
                            }
                        }
                    }
                }
                Playbook_Setting__mdt(first: 1, where: { DeveloperName: { eq: "Default" } }) {
                    edges {
                        node {
                            Health_Field__c {
                                value
                            }
                            Health_On_Field__c {
                                value
                            }
                            Usage_Field__c {
                                value
                            }
                            Usage_Before_Field__c {
                                value
                            }
                            Usage_Change_Field__c {
                                value
                            }
                            Usage_On_Field__c {
                                value
                            }
                            Earlier_Usage_Change_Field__c {
                                value
                            }
                            Earlier_Usage_On_Field__c {
                                value
                            }
                            Renewal_Field__c {
                                value
                            }
                            ARR_Field__c {
                                value
                            }
                            Segment_Field__c {
                                value
                            }
                            Champion_Field__c {
                                value
                            }
                            Champion_Left_On_Field__c {
                                value
                            }
                            Competitor_Named_On_Field__c {
                                value
                            }
                            Notice_Given_On_Field__c {
                                value
                            }
                            Churned_On_Field__c {
                                value
                            }
                            CSM_Field__c {
                                value
                            }
                            Customer_Since_Field__c {
                                value
                            }
                            Working_Days__c {
                                value
                            }
                            Late_Start_Days__c {
                                value
                            }
                            Stale_After_Days__c {
                                value
                            }
                        }
                    }
                }
                Playbook_Holiday__mdt(first: 2000) {
                    edges {
                        node {
                            Holiday_On__c {
                                value
                            }
                        }
                    }
                }
                Playbook_Version__c(first: 200, where: { Version_Status__c: { eq: "Published" } }) {
                    edges {
                        node {
                            Id
                            Version_Number__c {
                                value
                            }
                            Version_Status__c {
                                value
                            }
                            Success_When__c {
                                value
                            }
                            Lost_When__c {
                                value
                            }
                            Playbook__c {
                                value
                            }
                            Playbook__r {
                                Name {
                                    value
                                }
                                Key__c {
                                    value
                                }
                                Category__c {
                                    value
                                }
                                Summary__c {
                                    value
                                }
                            }
                        }
                    }
                }
                Playbook_Step__c(
                    first: 2000
                    where: { Playbook_Version__r: { Version_Status__c: { eq: "Published" } } }
                    orderBy: { Position__c: { order: ASC } }
                ) {
                    pageInfo {
                        hasNextPage
                    }
                    edges {
                        node {
                            Id
                            Name {
                                value
                            }
                            Playbook_Version__c {
                                value
                            }
                            Step_Key__c {
                                value
                            }
                            Position__c {
                                value
                            }
                            Phase__c {
                                value
                            }
                            Role__c {
                                value
                            }
                            Required__c {
                                value
                            }
                            Customer_Contact__c {
                                value
                            }
                            Show_When__c {
                                value
                            }
                            Depends_On__c {
                                value
                            }
                            Due_From__c {
                                value
                            }
                            Due_Offset__c {
                                value
                            }
                            Due_Unit__c {
                                value
                            }
                            Decision_Question__c {
                                value
                            }
                            Decision_Options__c {
                                value
                            }
                            Decision_Max__c {
                                value
                            }
                            Note_Required__c {
                                value
                            }
                            Repeat_Every_Days__c {
                                value
                            }
                        }
                    }
                }
                Playbook_Run__c(
                    first: 100
                    where: { Account__c: { eq: $accountId } }
                    orderBy: { CreatedDate: { order: DESC } }
                ) {
                    edges {
                        node {
                            Id
                            Name {
                                value
                            }
                            Episode_Key__c {
                                value
                            }
                            Episode_Number__c {
                                value
                            }
                            Run_Playbook__c {
                                value
                            }
                            Run_Playbook__r {
                                Name {
                                    value
                                }
                                Key__c {
                                    value
                                }
                                Category__c {
                                    value
                                }
                            }
                            Run_Version__c {
                                value
                            }
                            Trigger_Key__c {
                                value
                            }
                            Run_Status__c {
                                value
                            }
                            Opened_By__c {
                                value
                            }
                            First_Tier__c {
                                value
                            }
                            Worst_Tier__c {
                                value
                            }
                            Current_Tier__c {
                                value
                            }
                            Reason__c {
                                value
                            }
                            Anchor_On__c {
                                value
                            }
                            Surfaced_At__c {
                                value
                            }
                            Closed_At__c {
                                value
                            }
                            Outcome__c {
                                value
                            }
                            Cause__c {
                                value
                            }
                            Health_At_Opening__c @optional {
                                value
                            }
                            Usage_At_Opening__c @optional {
                                value
                            }
                            ARR_At_Opening__c @optional {
                                value
                            }
                            Step_Completions__r(first: 1000) {
                                edges {
                                    node {
                                        Id
                                        Completion_Key__c {
                                            value
                                        }
                                        Recorded_Step_Key__c {
                                            value
                                        }
                                        Occurrence__c {
                                            value
                                        }
                                        Completion_Status__c {
                                            value
                                        }
                                        Decision__c {
                                            value
                                        }
                                        Skip_Reason__c {
                                            value
                                        }
                                        Note__c {
                                            value
                                        }
                                        Due_At__c {
                                            value
                                        }
                                        Completed_At__c {
                                            value
                                        }
                                        Completed_By__r @optional {
                                            Name {
                                                value
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                Case(first: 1, where: { and: [{ AccountId: { eq: $accountId } }, { IsClosed: { eq: false } }] })
                    @optional {
                    totalCount
                }
                User(first: 1, where: { Id: { eq: $userId } }) @optional {
                    edges {
                        node {
                            Id
                            Name @optional {
                                value
                            }
                            FirstName @optional {
                                value
                            }
                            Email @optional {
                                value
                            }
                        }
                    }
                }
            }
        }
    }
`;

/** The long texts of one version, and its steps in case it is a retired one that an open run keeps. */
export const VERSION_QUERY = gql`
    query PlaybookVersion($versionId: ID!) {
        uiapi {
            query {
                Playbook_Version__c(first: 1, where: { Id: { eq: $versionId } }) {
                    edges {
                        node {
                            Id
                            Version_Number__c {
                                value
                            }
                            Version_Status__c {
                                value
                            }
                            Success_When__c {
                                value
                            }
                            Lost_When__c {
                                value
                            }
                            Success_Criteria__c {
                                value
                            }
                            Pitfalls__c {
                                value
                            }
                            Playbook__c {
                                value
                            }
                            Playbook__r {
                                Name {
                                    value
                                }
                                Key__c {
                                    value
                                }
                                Category__c {
                                    value
                                }
                                Summary__c {
                                    value
                                }
                                When_To_Use__c {
                                    value
                                }
                            }
                        }
                    }
                }
                Playbook_Step__c(
                    first: 2000
                    where: { Playbook_Version__c: { eq: $versionId } }
                    orderBy: { Position__c: { order: ASC } }
                ) {
                    edges {
                        node {
                            Id
                            Name {
                                value
                            }
                            Playbook_Version__c {
                                value
                            }
                            Step_Key__c {
                                value
                            }
                            Position__c {
                                value
                            }
                            Phase__c {
                                value
                            }
                            Role__c {
                                value
                            }
                            Required__c {
                                value
                            }
                            Customer_Contact__c {
                                value
                            }
                            Show_When__c {
                                value
                            }
                            Depends_On__c {
                                value
                            }
                            Due_From__c {
                                value
                            }
                            Due_Offset__c {
                                value
                            }
                            Due_Unit__c {
                                value
                            }
                            Decision_Question__c {
                                value
                            }
                            Decision_Options__c {
                                value
                            }
                            Decision_Max__c {
                                value
                            }
                            Note_Required__c {
                                value
                            }
                            Repeat_Every_Days__c {
                                value
                            }
                            Instructions__c {
                                value
                            }
                            Key_Questions__c {
                                value
                            }
                            Pitfall__c {
                                value
                            }
                        }
                    }
                }
                Playbook_Resource__c(
                    first: 2000
                    where: { Resource_Version__c: { eq: $versionId } }
                    orderBy: { Resource_Position__c: { order: ASC } }
                ) {
                    edges {
                        node {
                            Id
                            Name {
                                value
                            }
                            Resource_Step__c {
                                value
                            }
                            Resource_Type__c {
                                value
                            }
                            Subject__c {
                                value
                            }
                            Body__c {
                                value
                            }
                            Url__c {
                                value
                            }
                        }
                    }
                }
            }
        }
    }
`;
